"""The predictions of each chapter: `PREDICTIONS`, name -> prediction, in the order of the text."""
