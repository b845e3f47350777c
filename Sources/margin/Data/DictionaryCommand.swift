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
            let connection = try await Session.start().connect()
            try SchemaInstaller(connection).requireCurrent()
            print(try DataDictionary(connection).markdown(), terminator: "")
        }
    }
}
