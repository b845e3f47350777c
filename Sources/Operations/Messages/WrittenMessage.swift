import ClearingModel
import EndOfDay
import Messages
import Quantities
import Runtime
import Storage

/// A message of a published run as bytes.
package struct WrittenMessage {
    /// `secl.005.001.02 of 2018-12-31 EOD run 2, member ALPHA`.
    package let title: String
    package let bytes: [UInt8]

    /// Writes one message of the published run of a date and cycle.
    ///
    /// A member's message is of one call currency: the one that is named, or the only one in which the member is
    /// called.
    /// - Throws: `Failure` 66 if nothing is published, or the run has nothing that the message tells; 65 if what the
    ///   schema demands lacks or has no room.
    package static func write(
        _ kind: MessageKind, _ date: BusinessDate, cycle: Cycle, member: MemberCode?, currency: CurrencyCode?,
        from database: Database
    ) throws -> WrittenMessage {
        let context = try RunContext.find(date, cycle: cycle, number: nil, from: database)
        let source = MessageSource(
            kind: kind, context: context, store: MessageStore(database, of: context.pinned), database: database)
        do {
            let bytes =
                switch kind {
                case .marginReport: try source.marginReport(of: member, in: currency).bytes()
                case .fundContribution: try source.fundContribution(of: member, in: currency).bytes()
                case .memberRequirements: try source.requirements().bytes()
                case .stressResults: try source.stress().bytes()
                case .backtestResults: try source.backtest().bytes()
                case .accountPositions: try source.positions().bytes()
                }
            let whose = member.map { ", member \($0)" } ?? ""
            return WrittenMessage(title: "\(kind.version) of \(context.title)\(whose)", bytes: bytes)
        } catch let refusal as MessageRefusal {
            throw source.failure(refusal)
        }
    }
}
