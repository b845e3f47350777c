import ArgumentParser
import Commands
import Foundation
import Operations
import PrivateCluster
import Runtime
import Storage

extension DatabaseCommand {
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
