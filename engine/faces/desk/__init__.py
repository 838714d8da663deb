"""The front desk: from the pictures of a camera to welcome, step up, or refuse."""
