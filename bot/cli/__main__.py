"""The command `wenshu` as `python -m bot.cli` runs it."""

from bot.cli.app import main

if __name__ == "__main__":
    main()
