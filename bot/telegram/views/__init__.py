"""What people see: texts, messages, buttons and menus, with nothing sent."""
