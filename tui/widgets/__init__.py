"""What is drawn: one widget a file. Widgets know the records and send messages; they never see the library."""
