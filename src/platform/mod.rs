//! This computer: folders, clock, durable writes, locks, free space, dialogs, open.
