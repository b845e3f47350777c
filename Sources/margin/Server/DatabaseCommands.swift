import ArgumentParser
import Commands
import Foundation
import Operations
import PrivateCluster
import Runtime
import Storage

/// `margin migrate`: brings the schema up to this program's.
struct MigrateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "migrate", abstract: "Make the schema in an empty database, or bring it up to this program's.")

    func run() async throws {
        try await reportingFailures {
            let database = try await Session.start(making: true).connect()
            let installer = SchemaInstaller(database)
            if try !installer.isInstalled() {
                EventLog(quiet: false).notice(.preparing, "making the schema of release \(Schema.current.release)")
            }
            let done = try Progress.during("migrate") { try installer.install() }
            print(done.isEmpty ? "the schema is current" : done.joined(separator: "\n"))
        }
    }
}

/// `margin db`: the private cluster of this folder.
struct DatabaseCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "db", abstract: "Start, stop or remove the private cluster of this folder.",
        subcommands: [Start.self, Stop.self, Destroy.self, Person.self])

    struct Start: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Start it, making it if there is none; print how to reach it.")

        func run() async throws {
            try await reportingFailures {
                let settings = try await Session.startCluster()
                for (name, value) in settings.environment.sorted(by: { $0.key < $1.key }) {
                    print("export \(name)=\(value)")
                }
            }
        }
    }

    struct Person: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Admit a login that may read, correct, waive, propose and approve; make it if there is none.")

        @Argument(help: "The login, one for each person.")
        var login: String

        func run() async throws {
            try await reportingFailures {
                let database = try await Session.start().connect()
                try SchemaInstaller(database).requireCurrent()
                let isNew = try ParameterGovernance(database).admit(login)
                print("\(login) is admitted\(isNew ? ", a new login" : "")".printable)
            }
        }
    }

    struct Stop: AsyncParsableCommand {
        static let configuration = CommandConfiguration(abstract: "Stop it; nothing committed is lost.")

        func run() async throws {
            try await reportingFailures { try await Session.privateCluster.stop() }
        }
    }

    struct Destroy: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Stop it and remove it with all its data.",
            discussion:
                "Says first what goes, and asks for the folder's name; where nobody can be asked it wants --yes.")

        @Flag(help: "Remove it without being asked.")
        var yes = false

        func run() async throws {
            try await reportingFailures {
                let cluster = Session.privateCluster
                let folder = URL(fileURLWithPath: Settings.current.value(.cluster))
                guard let stake = await ClusterContents.look(into: cluster) else {
                    return print("there is no private cluster in \(folder.path)".printable)
                }
                for line in stake.lines { say(line.printable) }
                try Confirmation.require(
                    "\(stake.name) is removed with all its data", word: folder.lastPathComponent, isGiven: yes,
                    hint:
                        "back it up first (docs/operations.md); then margin db destroy --yes, with its MARGIN_CLUSTER"
                )
                try await cluster.destroy()
                print("removed")
            }
        }
    }
}
