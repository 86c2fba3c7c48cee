"""What page objects return: frozen, without a browser, and complete enough to be judged again from a bundle."""
