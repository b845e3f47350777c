import ArgumentParser
import Commands
import Runtime
import Storage

/// `margin dictionary`: every table and column with its meaning.
struct DictionaryCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "dictionary", abstract: "Print the data dictionary, as docs/data-dictionary.md has it.")

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            print(try DataDictionary(database).markdown(), terminator: "")
        }
    }
}
