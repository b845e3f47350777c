import ArgumentParser
import Commands
import Foundation
import Operations
import PrivateCluster
import Runtime
import Storage

extension DatabaseCommand {
    struct Person: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Admit a login that may read, correct, waive, propose and approve; make it if there is none.")

        @Argument(help: "The login, one for each person.")
        var login: String

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.open()
                let isNew = try ParameterGovernance(database).admit(login)
                print("\(login) is admitted\(isNew ? ", a new login" : "")".printable)
            }
        }
    }
}
