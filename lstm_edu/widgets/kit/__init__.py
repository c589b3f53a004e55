"""What all figures share: the widget class, the modules, the frame around a drawing."""
