import Digests
import Glibc
import Quantities
import TextFiles

/// A report file that is not what was recorded of it.
package struct ReportFileMismatch: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong with the file.
    package enum Fault: Hashable, Sendable {
        /// Nothing stands at the name, or it is no plain file.
        case missing
        case size(found: Int64)
        case digest(found: SHA256Digest)
    }

    package let entry: ReportFileEntry
    package let fault: Fault

    package var description: String {
        switch fault {
        case .missing: "\(entry.name) is missing"
        case .size(let found): "\(entry.name) has \(found) bytes, recorded are \(entry.byteCount)"
        case .digest(let found): "\(entry.name) has the digest \(found), recorded is \(entry.sha256)"
        }
    }
}

extension ReportFolder {
    /// Reads every file again, each in the folder of the run that issued it, and compares size and digest (invariant
    /// I5).
    ///
    /// No link is followed. An empty result means that all are as recorded. O(bytes).
    package static func verify(
        _ entries: [ReportFileEntry], of run: RunIdentity, root: String
    ) throws(FileError) -> [ReportFileMismatch] {
        let cycleFolder = try openCycleFolder(root: root, run: run, creating: false)
        var mismatches: [ReportFileMismatch] = []
        for entry in entries {
            let issuer = RunIdentity(businessDate: run.businessDate, cycle: run.cycle, runNumber: entry.runNumber)
            var fault: ReportFileMismatch.Fault? = .missing
            if try cycleFolder.kind(of: issuer.runName) == .folder {
                fault = try compare(entry, in: try cycleFolder.openFolder(issuer.runName))
            }
            if let fault { mismatches.append(ReportFileMismatch(entry: entry, fault: fault)) }
        }
        return mismatches
    }

    private static func compare(
        _ entry: ReportFileEntry, in folder: borrowing DirectoryHandle
    ) throws(FileError) -> ReportFileMismatch.Fault? {
        guard try folder.kind(of: entry.name) == .file else { return .missing }
        let file = OpenFile(descriptor: try folder.openFile(entry.name))
        var hasher = try makeHasher()
        var buffer = [UInt8](repeating: 0, count: OutputFile.bufferSize)
        var size: Int64 = 0
        while true {
            let count = try file.read(into: &buffer, folder.path(of: entry.name))
            if count == 0 { break }
            hasher.update(buffer, in: 0..<count)
            size += Int64(count)
        }
        guard size == entry.byteCount else { return .size(found: size) }
        let digest = hasher.finish()
        return digest == entry.sha256 ? nil : .digest(found: digest)
    }
}
