import ClearingModel
import Reporting
import Storage

/// The reports of a base that a run need not write again, because nothing in them was computed.
struct UnchangedReports {
    private let isWhole: Bool
    private let keepsArrays: Bool
    private let keepsParameters: Bool
    /// Whether the base's stage stress stands, so that its reports and its page do.
    let keepsStress: Bool
    /// The base's files of members, with their totals, by report.
    private let kept: [String: [(member: String, totals: [ControlTotal])]]

    init(_ execution: StageExecution, _ store: ReportLedger) throws {
        guard let base = execution.base else {
            (isWhole, keepsArrays, keepsParameters, keepsStress, kept) = (true, false, false, false, [:])
            return
        }
        isWhole = false
        let (run, database) = (execution.context.run, execution.database)
        let done = try RunLedger(database).succeeded(run: run)
        keepsArrays = done.contains { $0.stage == .riskArrays && $0.isReused }
        keepsStress = done.contains { $0.stage == .stress && $0.isReused }
        keepsParameters =
            try base.changes.allSatisfy { StageTable.tablesByPart.contains($0.table) }
            && (keepsArrays || PublishedArrayStore(database).newlyPublished(run: run) == 0)
        let written = try execution.tables.reportedMembers()
        let files = try store.files(ofRun: base.run).filter { $0.format == .csv }
        let totals = Dictionary(grouping: try store.totals(ofRun: base.run, files)) {
            "\($0.report) \($0.member ?? "")"
        }
        kept = Dictionary(
            files.compactMap { file in
                guard let member = file.member, !written.contains(member) else { return nil }
                return (file.report, [(member: member, totals: totals["\(file.report) \(member)"] ?? [])])
            }, uniquingKeysWith: +)
    }

    /// Whether a report of the run says what the base's says: arrays where the base's stage stands; parameters where
    /// no table in them has changed and the same series have an array.
    func isUnchanged(_ layout: ReportLayout) -> Bool {
        keepsArrays && layout.name == "risk-arrays"
            || keepsParameters && layout.name == ReportCatalogue.parameters.name
            || keepsStress && layout.audience == .run && ReportCatalogue.isOfStress(layout)
    }

    /// Lists the base's files of a member report for the members who are not written again. Corrections are few and
    /// are written for everyone they touch; stress shows everyone the fund, the next date and what moved since the
    /// night before are computed for all, calls are met whoever is computed, and trades may be in series that a member
    /// does not hold: they are written for everyone.
    func keepMembers(_ layout: ReportLayout, in folder: inout ReportFolder) throws {
        guard layout.audience == .member, !isWhole, layout.name != ReportCatalogue.corrections.name,
            !ReportCatalogue.isOfStress(layout), !ReportCatalogue.isOfTrades(layout),
            !ReportCatalogue.isOfTomorrow(layout), !ReportCatalogue.isOfChange(layout),
            !ReportCatalogue.isOfCallStatus(layout)
        else { return }
        for file in kept[layout.name] ?? [] { _ = folder.keep(layout.name, member: file.member, totals: file.totals) }
    }
}
