import Foundation

/// A running program, so that another one on the same machine can tell whether it is still there.
///
/// What /proc says: the boot of the machine, the process namespace, the process and when it was started. Two programs
/// that ever ran have the same one only if 32 bits of a digest agree beside the process number.
struct ProgramIdentity: Equatable, Sendable {
    /// A digest of machine, namespace and start.
    let machineAndStart: UInt32
    let process: UInt32

    /// This program; nil where the system has no /proc.
    static let current = running(UInt32(ProcessInfo.processInfo.processIdentifier))

    /// Whether the program is seen at work on this machine; one of another machine never is.
    var isSeen: Bool { Self.running(process) == self }

    /// The program that is this process of this machine; nil if there is none, or one that has ended and waits for its
    /// parent.
    private static func running(_ process: UInt32) -> ProgramIdentity? {
        guard let machine, let bytes = FileManager.default.contents(atPath: "/proc/\(process)/stat") else { return nil }
        // The program's name, in parentheses, may hold anything; state and start are fields 3 and 22 of the line.
        let stat = String(decoding: bytes, as: UTF8.self)
        let fields = stat[(stat.lastIndex(of: ")") ?? stat.startIndex)...].split(separator: " ").dropFirst()
        guard fields.count > 19, let state = fields.first, state != "Z", state != "X" else { return nil }
        let start = fields[fields.index(fields.startIndex, offsetBy: 19)]
        return ProgramIdentity(machineAndStart: digest("\(machine) \(start)"), process: process)
    }

    private static let machine: String? = {
        guard let boot = FileManager.default.contents(atPath: "/proc/sys/kernel/random/boot_id"),
            let space = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/ns/pid")
        else { return nil }
        return String(decoding: boot, as: UTF8.self) + space
    }()

    /// FNV-1a.
    private static func digest(_ text: String) -> UInt32 {
        text.utf8.reduce(2_166_136_261) { ($0 ^ UInt32($1)) &* 16_777_619 }
    }
}
