import ArgumentParser
import Commands
import Foundation
import Operations
import Runtime
import Storage
import TextFiles

extension GovernanceCommand {
    struct Show: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Show the rules.")

        @OptionGroup var output: OutputOptions

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open()
                let rules = try ParameterGovernance(database).rules()
                if output.json { return print(try JSONText.line(rules)) }
                for rule in rules {
                    let why = rule.reason.map { ", by \(rule.changedBy ?? ""): \($0)" } ?? ""
                    print("\(rule.rule): \(rule.isRequired ? "required" : "not required")\(why)".printable)
                }
            }
        }
    }
}
