import Digests
import Quantities
import TextFiles

/// The manifest of what one member is given of a run.
package struct MemberManifest: Sendable, Hashable {
    package let member: String
    /// How many files it lists.
    package let fileCount: Int64
    package let sha256: SHA256Digest

    /// Its path below the run's folder.
    package var name: String { "\(MemberDelivery.folderName)/\(member)/\(ReportFolder.manifestName)" }
}

/// What each member is given of a run: a folder `members/<member>` with its own reports, those that are for all
/// members, and a manifest of these alone, whichever run has issued them.
///
/// The files are the run's under a second name, so that they take no room. A member without a report of its own is
/// given nothing.
struct MemberDelivery {
    /// The folder of the members' folders, below the run's.
    static let folderName = "members"

    let header: RunHeader
    /// Of the run, those of earlier runs among them, in the manifest's order.
    let files: [ReportFileEntry]
    /// Those of every member.
    let totals: [ControlTotal]

    /// The members with a report of their own, in the order of their codes.
    private var members: [String] { Set(files.compactMap(\.member)).sorted() }

    /// Makes the members' folders in the run's, which is still being built; makes them durable.
    ///
    /// O(files), and the bytes of the manifests.
    func write(
        in building: borrowing DirectoryHandle, _ cycleFolder: borrowing DirectoryHandle
    ) throws -> [MemberManifest] {
        let members = members
        guard !members.isEmpty else { return [] }
        let given = files.reduce(into: [String: [ReportFileEntry]]()) { given, file in
            if let member = file.member { given[member, default: []].append(file) }
        }
        let shared = files.filter { $0.member == nil && ReportCatalogue.isForAllMembers($0.report) }
        try building.makeFolder(Self.folderName)
        let folder = try building.openFolder(Self.folderName)
        for member in members { try folder.makeFolder(member) }
        let (run, listings) = (header.run, given.mapValues { $0 + shared })
        for number in Set(files.map(\.runNumber)).sorted() {
            let issuer = RunIdentity(businessDate: run.businessDate, cycle: run.cycle, runNumber: number)
            let issued =
                number == run.runNumber ? try building.reopened() : try cycleFolder.openFolder(issuer.runName)
            for member in members {
                let target = try folder.openFolder(member)
                for file in listings[member] ?? [] where file.runNumber == number {
                    try target.share(file.name, of: issued)
                }
            }
        }
        let sums = Dictionary(grouping: totals) { $0.member }
        return try members.map { member in
            let listed = (listings[member] ?? []).sorted {
                ($0.report, $0.format.rawValue) < ($1.report, $1.format.rawValue)
            }
            let manifest = ReportManifest(
                header: header, member: member, files: listed, totals: sums[member] ?? [])
            return try write(manifest, of: member, in: try folder.openFolder(member))
        }
    }

    /// Removes a run's folder with the members' folders in it; whatever else has folders of its own stays, and is an
    /// error.
    static func removeRunFolder(_ name: String, in cycleFolder: borrowing DirectoryHandle) throws(FileError) {
        let run = try cycleFolder.openFolder(name)
        if try run.kind(of: folderName) == .folder {
            let folder = try run.openFolder(folderName)
            for member in try folder.names() where try folder.kind(of: member) == .folder {
                try folder.removeFolder(member)
            }
        }
        try cycleFolder.removeFolder(name)
    }

    private func write(
        _ manifest: ReportManifest, of member: String, in folder: borrowing DirectoryHandle
    ) throws -> MemberManifest {
        var output = try OutputFile(ReportFolder.manifestName, in: folder)
        manifest.append(to: &output.buffer)
        let digest = try output.finish().digest
        try folder.synchronize()
        return MemberManifest(member: member, fileCount: Int64(manifest.files.count), sha256: digest)
    }
}
