"""Whether a message may mean a form, by its words alone: what does not fit is not considered."""
