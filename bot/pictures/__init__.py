"""Pictures drawn by the house: SVG templates, filled here and rendered by `draw` in processes."""
