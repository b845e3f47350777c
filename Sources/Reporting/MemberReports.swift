/// A report cut into one pair of files a member, from rows that come member by member.
///
/// A member without rows gets no file.
package struct MemberReports: ~Copyable {
    private let layout: ReportLayout
    private var current: ReportFiles?
    private var currentMember: [UInt8] = []

    package init(_ layout: ReportLayout) {
        precondition(layout.audience == .member, "only a member's report is cut by member")
        self.layout = layout
    }

    /// Writes a row into its member's files. Members come in ascending order of their bytes.
    package mutating func write(_ row: borrowing ReportRow, to folder: inout ReportFolder) throws {
        guard case .text(let start, let end, _) = row.cells.first else {
            preconditionFailure("a member's row begins with its member")
        }
        if !row.text[start..<end].elementsEqual(currentMember) || current == nil {
            try begin(Array(row.text[start..<end]), in: &folder)
        }
        try current?.write(row)
    }

    /// Ends the last member's files.
    package consuming func finish(_ folder: inout ReportFolder) throws {
        if let files = current.take() { try folder.add(files) }
    }

    private mutating func begin(_ member: [UInt8], in folder: inout ReportFolder) throws {
        let name = String(decoding: member, as: UTF8.self)
        if let files = current.take() {
            guard currentMember.lexicographicallyPrecedes(member) else {
                throw ReportError.membersAreOutOfOrder(report: layout.name, member: name)
            }
            try folder.add(files)
        }
        current = try folder.start(layout, member: name)
        currentMember = member
    }
}
