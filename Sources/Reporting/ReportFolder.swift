import Digests
import Quantities
import TextFiles

/// The report folder of one run while it is built: nothing of it is visible under its name until it is sealed.
///
/// Files are built in `<root>/<date>/<cycle>/.building-r<run>/`, each synchronized and hashed, the manifest last;
/// then the folder is renamed to `<root>/<date>/<cycle>/r<run>/` beside it. A crash leaves either a building folder,
/// which the next build of any run of that date and cycle removes, or the whole folder. One process at a time builds
/// for a date and cycle: the caller holds the lock. Folders are made with mode 0750 and files with 0640, less the
/// umask.
package struct ReportFolder: ~Copyable {
    /// The manifest's name in every run's folder.
    package static let manifestName = "manifest.json"
    private static let buildingPrefix = ".building-"

    private let header: RunHeader
    private let cycleFolder: DirectoryHandle
    private let building: DirectoryHandle
    private let earlier: [ReportKey: [ReportFileEntry]]
    private let isKeepingEqual: Bool
    private let writers = FileWriters()
    private var written: [WrittenReport] = []
    /// Earlier files that are listed without having been filled again.
    private var entries: [ReportFileEntry] = []
    private var totals: [ControlTotal] = []

    /// A report of one member or, with no member, of the run.
    private struct ReportKey: Hashable {
        let report: String
        let member: String?
    }

    /// Removes what killed builds left and starts a new building folder under `root`, which must exist.
    ///
    /// `earlier` are the files of the run this one compares itself with: a report whose content equals one of theirs is
    /// not written again, and the manifest lists the earlier file; without `keepingEqual`, for a header that says
    /// otherwise, it is. `replacingUnrecorded`: a folder of this very run may
    /// exist because a build was killed before the database recorded it; it is replaced. Without it an existing
    /// folder is an error.
    package init(
        root: String, header: RunHeader, earlier: [ReportFileEntry] = [], keepingEqual: Bool = true,
        replacingUnrecorded: Bool = false
    ) throws(FileError) {
        let run = header.run
        let cycleFolder = try Self.openCycleFolder(root: root, run: run, creating: true)
        for name in try cycleFolder.names() where name.hasPrefix(Self.buildingPrefix) {
            _ = try cycleFolder.requireFolderOrNothing(at: name)
            try MemberDelivery.removeRunFolder(name, in: cycleFolder)
        }
        if try cycleFolder.requireFolderOrNothing(at: run.runName) {
            guard replacingUnrecorded else { throw .folderExists(path: cycleFolder.path(of: run.runName)) }
            try MemberDelivery.removeRunFolder(run.runName, in: cycleFolder)
        }
        let name = Self.buildingPrefix + run.runName
        try cycleFolder.makeFolder(name)
        try cycleFolder.synchronize()
        let building = try cycleFolder.openFolder(name)
        self.header = header
        self.earlier = Dictionary(grouping: earlier) { ReportKey(report: $0.report, member: $0.member) }
        isKeepingEqual = keepingEqual
        self.cycleFolder = cycleFolder
        self.building = building
    }

    /// Starts a report's two files. Fill them, then hand them to `add`.
    package func start(_ layout: ReportLayout, member: String? = nil) throws -> ReportFiles {
        precondition((layout.audience == .member) == (member != nil), "a member's report names its member")
        if let member, !isFileName(member) { throw ReportError.memberIsNoFileName(member) }
        let replaced = earlier[ReportKey(report: layout.name, member: member)]?.first?.runNumber
        return try ReportFiles(layout, member: member, header: header, corrects: replaced, in: building, writers)
    }

    /// Lists the earlier files of a report that nothing has changed, with their totals; false if there are none.
    package mutating func keep(_ report: String, member: String? = nil, totals kept: [ControlTotal]) -> Bool {
        guard let issued = earlier[ReportKey(report: report, member: member)] else { return false }
        entries += issued
        totals += kept
        return true
    }

    /// Ends a report's files, which other threads go on writing, and takes them into the manifest. Files whose content
    /// an earlier run issued are removed again when the folder is sealed, and listed as that run's.
    /// - Throws: the first failure of a file so far, of this report or of another.
    package mutating func add(_ files: consuming ReportFiles) throws(FileError) {
        let (report, sums) = files.finish()
        totals += sums
        written.append(report)
        try writers.check()
    }

    /// Writes a page as one file, as `add` does a report's two.
    /// - Throws: the first failure of a file so far, of this page or of a report; a member's code that is no file name.
    package mutating func add(_ page: ReportPage) throws {
        if let member = page.member, !isFileName(member) { throw ReportError.memberIsNoFileName(member) }
        let replaced = earlier[ReportKey(report: page.name, member: page.member)]?.first?.runNumber
        written.append(try WrittenReport(page, run: header.run, corrects: replaced, in: building, writers))
        try writers.check()
    }

    /// The files that were filled, once the disk has them, or the earlier ones that hold the same.
    private func settled() throws(FileError) -> [ReportFileEntry] {
        var settled: [ReportFileEntry] = []
        for report in written {
            let files = try report.entries(runNumber: header.run.runNumber)
            let key = ReportKey(report: report.report, member: report.member)
            if isKeepingEqual, let issued = earlier[key], issued.count == files.count,
                issued.allSatisfy({ $0.content == files[0].content && $0.rowCount == files[0].rowCount })
            {
                for entry in files { try building.remove(entry.name) }
                settled += issued
            } else {
                settled += files
            }
        }
        return settled
    }

    /// The digest of a report's content, whichever run has issued it; nil of one that is not among those so far. Waits
    /// until the disk has it.
    package func contentDigest(of report: String, member: String) throws(FileError) -> SHA256Digest? {
        for written in written where written.report == report && written.member == member {
            return try written.entries(runNumber: header.run.runNumber).first?.content
        }
        return entries.first { $0.report == report && $0.member == member }?.content
    }

    /// The totals of every report written so far, per member: what reconciliation compares.
    package var controlTotals: [ControlTotal] { totals }

    /// The same over all members, as the manifest has them.
    package var totalsOverMembers: [ControlTotal] {
        get throws(ReportError) { try sumOverMembers(totals) }
    }

    /// What a sealed folder holds, for the database.
    package struct Sealed: Sendable {
        /// What the manifest lists, in order of report, member and format.
        package let files: [ReportFileEntry]
        /// The manifest's digest.
        package let manifest: SHA256Digest
        /// The manifests of what members are given, in the order of the members.
        package let deliveries: [MemberManifest]
    }

    /// Makes the members' folders, writes the manifest, makes everything durable and gives the folder its name.
    package consuming func seal(auditHead: SHA256Digest? = nil) throws -> Sealed {
        let files = (entries + (try settled())).sorted {
            ($0.report, $0.member ?? "", $0.format.rawValue) < ($1.report, $1.member ?? "", $1.format.rawValue)
        }
        let deliveries = try MemberDelivery(header: header, files: files, totals: totals)
            .write(in: building, cycleFolder)
        let manifest = ReportManifest(
            header: header, auditHead: auditHead, files: files, deliveries: deliveries,
            totals: try sumOverMembers(totals))
        var output = try OutputFile(Self.manifestName, in: building)
        manifest.append(to: &output.buffer)
        let digest = try output.finish().digest
        try building.synchronize()
        try cycleFolder.rename(Self.buildingPrefix + header.run.runName, to: header.run.runName)
        try cycleFolder.synchronize()
        return Sealed(files: files, manifest: digest, deliveries: deliveries)
    }

    /// Removes what an interrupted build of a run has left; what cannot be removed is left to the next build.
    package static func removeUnfinished(_ run: RunIdentity, root: String) {
        let name = buildingPrefix + run.runName
        do {
            let cycleFolder = try openCycleFolder(root: root, run: run, creating: false)
            guard try cycleFolder.requireFolderOrNothing(at: name) else { return }
            try MemberDelivery.removeRunFolder(name, in: cycleFolder)
            try cycleFolder.synchronize()
        } catch {
            return
        }
    }

    /// Gives up: removes what was built.
    package consuming func abandon() throws(FileError) {
        try MemberDelivery.removeRunFolder(Self.buildingPrefix + header.run.runName, in: cycleFolder)
        try cycleFolder.synchronize()
    }

    /// Points `<root>/<date>/<cycle>/current` at the run's folder, in one step; doing it again changes nothing.
    package static func publish(_ run: RunIdentity, root: String) throws(FileError) {
        let cycleFolder = try openCycleFolder(root: root, run: run, creating: false)
        for name in ["current", "current.new"] {
            if let found = try cycleFolder.kind(of: name), found != .symbolicLink {
                throw .planted(path: cycleFolder.path(of: name), found: found)
            }
        }
        if try cycleFolder.kind(of: "current.new") != nil { try cycleFolder.remove("current.new") }
        try cycleFolder.link("current.new", to: run.runName)
        try cycleFolder.rename("current.new", to: "current")
        try cycleFolder.synchronize()
    }

    static func openCycleFolder(
        root: String, run: RunIdentity, creating: Bool
    ) throws(FileError) -> DirectoryHandle {
        let rootFolder = try DirectoryHandle(opening: root)
        let date = run.businessDate.description
        if creating, try rootFolder.makeFolder(date) { try rootFolder.synchronize() }
        let dateFolder = try rootFolder.openFolder(date)
        if creating, try dateFolder.makeFolder("\(run.cycle)") { try dateFolder.synchronize() }
        return try dateFolder.openFolder("\(run.cycle)")
    }

    /// The database's domain `member_code`, checked again where it becomes a file name.
    private func isFileName(_ member: String) -> Bool {
        let bytes = Array(member.utf8)
        func isAlphanumeric(_ byte: UInt8) -> Bool {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "a")...UInt8(ascii: "z"):
                true
            default: false
            }
        }
        return (1...24).contains(bytes.count) && isAlphanumeric(bytes[0])
            && bytes.allSatisfy { isAlphanumeric($0) || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-") }
    }
}
