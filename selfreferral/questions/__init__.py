"""What is asked: the one definition, the way through it, and every form and paper that is made of it."""
