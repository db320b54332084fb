"""What every reader needs around it: a look into packages, limits of time and memory."""
