import Foundation
import Subprocess
import SystemPackage

/// A program to run to its end, with an environment in which no setting of the caller can lead it astray.
struct Command: Sendable {
    private let program: String
    private let arguments: [String]
    private let user: ServerUser

    init(_ program: String, _ arguments: [String], as user: ServerUser = .caller) {
        self.program = program
        self.arguments = arguments
        self.user = user
    }

    /// Runs it in the root folder and returns what it printed.
    /// - Throws: `commandFailed`, with the last of what it printed, unless it exits with 0.
    func run(input: String = "") async throws(PrivateClusterError) -> String {
        let name = URL(fileURLWithPath: program).lastPathComponent
        let result: ExecutionResult<Void, StringOutput<UTF8>, StringOutput<UTF8>>
        do {
            let (executable, arguments) = user.command(program, arguments)
            result = try await Subprocess.run(
                .path(FilePath(executable)), arguments: Arguments(arguments), environment: .custom(Self.environment),
                workingDirectory: "/", input: .string(input), output: .string(limit: 1 << 20),
                error: .string(limit: 1 << 20))
        } catch {
            throw .commandFailed(command: name, output: "\(error)")
        }
        let printed = result.standardOutput
        guard result.terminationStatus.isSuccess else {
            let lines = (printed + "\n" + result.standardError).split(separator: "\n").suffix(6)
            throw .commandFailed(command: name, output: lines.joined(separator: " | "))
        }
        return printed
    }

    private static var environment: [Environment.Key: String] {
        ["PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL": "C", "TZ": "UTC"]
    }
}

/// The system user a server runs as: initdb and postgres refuse root.
enum ServerUser: Sendable {
    case caller
    case named(String, uid: UInt32, gid: UInt32)

    func command(_ program: String, _ arguments: [String]) -> (String, [String]) {
        switch self {
        case .caller: (program, arguments)
        case .named(let name, _, _): (Self.runuser, ["-u", name, "--", program] + arguments)
        }
    }

    private static let runuser =
        ["/usr/sbin/runuser", "/sbin/runuser"].first { FileManager.default.isExecutableFile(atPath: $0) }
        ?? "/usr/bin/runuser"
}
