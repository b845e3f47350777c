import Foundation
import Synchronization

/// One line on a terminal that says which stage or command is at work and for how long, from the third second on;
/// nothing elsewhere.
package struct Progress: Sendable {
    private static let current = Mutex<Shown?>(nil)

    private struct Shown {
        let title: String
        let start: ContinuousClock.Instant
        var part = ""
        var isDrawn = false
    }

    private let isShown: Bool

    init(isShown: Bool) { self.isShown = isShown }

    /// A stage begins; from here on the line is drawn anew each half second.
    package func begin(_ title: String) {
        guard isShown else { return }
        let start = ContinuousClock.now
        Self.current.withLock { $0 = Shown(title: title, start: start) }
        Thread.detachNewThread {
            while true {
                usleep(500_000)
                guard Self.draw(start) else { return }
            }
        }
    }

    /// Shows `title` on a terminal while `body` works, from the third second on.
    package static func during<T>(_ title: String, _ body: () throws -> T) rethrows -> T {
        let progress = Progress(isShown: isatty(STDERR_FILENO) == 1)
        progress.begin(title)
        defer { progress.end() }
        return try body()
    }

    /// What the stage is at, such as "report components" or "4 of 49 parts"; costs one comparison where nothing is
    /// shown.
    package static func part(_ text: @autoclosure () -> String) {
        current.withLock { shown in
            guard shown != nil else { return }
            shown?.part = ", " + text()
        }
    }

    /// How many parts of the work are done.
    package static func parts(_ done: Int, of count: Int) { part("\(done) of \(count) parts") }

    /// The stage is over: the line is wiped.
    package func end() {
        guard isShown else { return }
        Self.current.withLock { shown in
            if shown?.isDrawn == true { writeToStandardError("\r\u{1B}[K") }
            shown = nil
        }
    }

    /// Draws the line of the stage that began then; false once it is over.
    private static func draw(_ start: ContinuousClock.Instant) -> Bool {
        current.withLock { shown in
            guard let line = shown, line.start == start else { return false }
            let seconds = (ContinuousClock.now - start).components.seconds
            guard seconds >= 2 else { return true }
            writeToStandardError("\r\u{1B}[K" + "\(line.title)\(line.part), \(seconds) s".printable)
            shown?.isDrawn = true
            return true
        }
    }
}
