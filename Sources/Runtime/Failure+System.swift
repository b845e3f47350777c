import Foundation
import PrivateCluster
import TextFiles

extension Failure {
    /// What an error of the system's libraries means in words; any other error's own.
    package static func words(_ error: any Error) -> String {
        if let text = systemText(error) { return text }
        let error = error as NSError
        guard error.domain == NSCocoaErrorDomain else { return "\(error)" }
        let text = error.localizedDescription
        return text.prefix(1).lowercased() + (text.hasSuffix(".") ? text.dropFirst().dropLast() : text.dropFirst())
    }

    init(cluster error: PrivateClusterError) {
        self.init(.databaseUnavailable, "the private cluster: \(error)", hint: error.hint)
    }
}

extension Session {
    /// How the operator finds out why no server answers: the private cluster can be started, of any other server one
    /// can only look what was set and whether it answers.
    static var lookAtServer: String {
        guard hasServer else { return "start it with: margin db start" }
        return "\(whatIsSet), so that no private cluster is started: see whether that server answers with: "
            + "psql --command 'select 1'"
    }

    /// What turns the private cluster off, with its value unless that is a secret.
    private static var whatIsSet: String {
        let environment = ProcessInfo.processInfo.environment
        let set = variables.compactMap { name in
            environment[name].map { name == "PGPASSWORD" ? name : "\(name)=\($0.shellWord)" }
        }
        let found = set.isEmpty ? files.map { "~/\($0)" } : set
        return found.joined(separator: ", ") + (found.count == 1 ? " is " : " are ") + (set.isEmpty ? "there" : "set")
    }
}
