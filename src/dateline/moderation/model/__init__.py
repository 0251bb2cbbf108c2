"""The local model: hashed n-grams of letters and words, and a logistic regression over them."""
