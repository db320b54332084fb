"""What a figure of running text is of, where its own words leave it open."""
