"""Oscar's shipping app with one flat rate instead of free shipping, in the way that oscar documents (a forked app)."""
