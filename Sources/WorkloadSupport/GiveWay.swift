import Glibc

/// Lets whoever waits for this processor go first, which costs next to nothing where nobody does.
///
/// For between the steps of what runs beside ``WriteLine``: Linux lets a thread that has just been woken
/// wait for its turn, and of a commit's time that is as much as the disk takes.
func giveWay() { _ = sched_yield() }
