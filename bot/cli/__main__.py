"""The command `wenshu` as `python -m bot.cli` runs it."""

from bot.cli.entry import main

if __name__ == "__main__":
    main()
