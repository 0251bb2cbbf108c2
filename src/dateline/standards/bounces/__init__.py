"""What comes back of mail: reports of delivery and complaints, and the addresses they come to."""
