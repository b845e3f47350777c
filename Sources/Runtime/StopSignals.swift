import Foundation
import Glibc
import Postgres
import Synchronization

/// The signals that ask a command to stop.
///
/// The first one cancels the statement that runs, so that the transaction rolls back and the command cleans up; then
/// the
/// process ends by that very signal, and a shell sees 128 + its number. A second one, or ten seconds, end it at once:
/// the
/// server rolls back by itself then. A signal that was ignored when the program was started stays ignored.
package enum StopSignals {
    private static let names: [(number: Int32, name: String)] = [
        (SIGTERM, "SIGTERM"), (SIGINT, "SIGINT"), (SIGHUP, "SIGHUP"), (SIGPIPE, "SIGPIPE"),
    ]

    private struct State {
        var isAcknowledged = false
        var isWatching = false
        var cancel: [CancelHandle] = []
    }

    private static let state = Mutex(State())

    /// Begins to watch; doing it again changes nothing.
    package static func watch() {
        let isFirst = state.withLock { state in
            defer { state.isWatching = true }
            return !state.isWatching
        }
        guard isFirst else { return }
        let ends = Pipe()
        unsafe signalPipe = ends.fileHandleForWriting.fileDescriptor
        let handler: @convention(c) (Int32) -> Void = { number in
            var byte = UInt8(truncatingIfNeeded: number)
            caught.store(number, ordering: .sequentiallyConsistent)
            let before = errno
            _ = unsafe Glibc.write(signalPipe, &byte, 1)
            errno = before
        }
        for (number, _) in names {
            // SIG_IGN is a macro Swift cannot see: the handler whose address is 1.
            let former = signal(number, handler)
            if unsafe unsafeBitCast(former, to: Int.self) == 1 { _ = signal(number, former) }
        }
        Thread.detachNewThread { serve(ends) }
    }

    /// The signal that was received.
    package static var received: (number: Int32, name: String)? {
        let number = caught.load(ordering: .sequentiallyConsistent)
        return names.first { $0.number == number }
    }

    /// Names the connection whose statement a signal cancels from here on.
    package static func cancels(_ connection: Connection) {
        let handle = try? connection.cancelHandle()
        state.withLock { $0.cancel = handle.map { [$0] } ?? [] }
    }

    /// Names one more connection whose statement a signal cancels. That of one which is closed meanwhile is harmless.
    package static func cancels(also connection: Connection) {
        guard let handle = try? connection.cancelHandle() else { return }
        state.withLock { $0.cancel.append(handle) }
    }

    /// Throws if a signal was received: nothing new is begun, and nothing is committed.
    package static func check() throws {
        if let signal = received { throw Stopped(signal: signal.name) }
    }

    /// No more statements are cancelled: the command has stopped and is cleaning up.
    package static func acknowledge() { state.withLock { $0.isAcknowledged = true } }

    /// Ends the process by the signal that was received; returns if there was none.
    package static func endIfReceived() {
        // What is still buffered may be what has no reader any more.
        fflush(nil)
        let number = caught.load(ordering: .sequentiallyConsistent)
        if number > 0 { end(by: number) }
    }

    /// What a stage throws when it was asked to stop.
    package struct Stopped: Error, CustomStringConvertible {
        let signal: String
        package var description: String { "stopped by \(signal)" }
    }

    // MARK: Implementation

    /// The watching thread: waits for the first signal, then cancels until the command has noticed.
    private static func serve(_ ends: Pipe) {
        let descriptor = ends.fileHandleForReading.fileDescriptor
        guard let first = next(descriptor, within: -1) else { return }
        // A server that does not answer must not keep the process from ending: cancelling has a thread of its own.
        Thread.detachNewThread {
            while true {
                let (handles, isOver) = state.withLock { ($0.cancel, $0.isAcknowledged) }
                guard !isOver else { return }
                for handle in handles { handle.cancel() }
                usleep(200_000)
            }
        }
        guard state.withLock({ !$0.cancel.isEmpty }) else { end(by: first) }
        _ = next(descriptor, within: 10_000)
        end(by: first)
    }

    /// The next signal, or nil when none has come within the milliseconds; -1 waits for ever.
    private static func next(_ descriptor: Int32, within milliseconds: Int32) -> Int32? {
        var asked = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        while true {
            let ready = unsafe poll(&asked, 1, milliseconds)
            if ready < 0, errno == EINTR { continue }
            guard ready > 0 else { return nil }
            var byte: UInt8 = 0
            guard unsafe read(descriptor, &byte, 1) == 1 else { return nil }
            return Int32(byte)
        }
    }

    private static func end(by number: Int32) -> Never {
        fflush(nil)
        _ = signal(number, nil)
        kill(getpid(), number)
        // Only reached where the signal is blocked.
        exit(128 + number)
    }
}

/// The end of the pipe that the handler writes to: a handler can reach nothing but a global.
private nonisolated(unsafe) var signalPipe: Int32 = -1

/// The last signal, or 0.
private let caught = Atomic<Int32>(0)
