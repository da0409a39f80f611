"""E-mail to citizens: confirming an address, and telling that there is something to see."""
