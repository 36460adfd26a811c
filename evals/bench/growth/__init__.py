"""What a library costs as it grows: time of a search, memory, disk, at a thousand passages and at a million."""
