"""Making the learned reader: the written questions, its training, its calibration."""
