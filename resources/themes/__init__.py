"""The two appearances: colour tokens, the style sheet, and the marks it loads."""
