"""What the bot keeps: its database, and each table behind functions of its own."""
