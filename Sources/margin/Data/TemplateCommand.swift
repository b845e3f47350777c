import ArgumentParser
import ClearingModel
import Commands
import Operations
import Runtime
import Storage
import TextFiles

/// `margin template`: a commented CSV template of an input table.
struct TemplateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "template", abstract: "Print a commented CSV template of an input table, or the tables' names.")

    @Argument(help: "The table; left out for the list of tables.")
    var table: String?

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.open()
            let loader = InputLoader(database)
            guard let table else {
                for name in try loader.tables() { print(name) }
                return
            }
            print(try CSVImporter(loader).template(of: table), terminator: "")
        }
    }
}
