import Foundation
import Runtime

/// What a command asks before it does what cannot be taken back.
enum Confirmation {
    /// Returns where `isGiven`, as --yes gives it, or where somebody at the terminal types `word`.
    /// - Throws: `Failure` 64 otherwise, and where nobody is there to be asked; nothing is done then.
    static func require(_ what: String, word: String, isGiven: Bool, hint: String) throws {
        if isGiven { return }
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure(.usage, "\(what): --yes is needed where nobody can be asked, nothing is done", hint: hint)
        }
        writeToStandardError("\(what)\ntype \(word) to go on: ".printable)
        guard readLine(strippingNewline: true) == word else {
            throw Failure(.usage, "not confirmed: nothing is done", hint: hint)
        }
    }
}
