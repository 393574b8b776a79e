//! Everything a person can ask for, and the one table of commands that menus, buttons, shortcuts and help read.
