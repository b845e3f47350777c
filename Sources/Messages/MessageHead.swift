import ClearingModel
import Quantities

/// What every message says of the run that it is of.
package struct MessageHead: Sendable {
    package let businessDate: BusinessDate
    package let cycle: Cycle
    package let runNumber: Int32
    /// When the run was published, in UTC, as `2018-12-31T18:30:00Z`: the time of the message, whenever it is written.
    package let publishedAt: String
    /// The house, as who gives out the codes of members and accounts.
    package let house: LegalEntityIdentifier

    package init(
        businessDate: BusinessDate, cycle: Cycle, runNumber: Int32, publishedAt: String, house: LegalEntityIdentifier
    ) {
        self.businessDate = businessDate
        self.cycle = cycle
        self.runNumber = runNumber
        self.publishedAt = publishedAt
        self.house = house
    }

    /// `MR-2018-12-31-EOD-r2-USD`: tells a member's messages apart. Whose it is, the message says beside it.
    func identification(_ letters: String, _ currency: CurrencyCode) -> String {
        "\(letters)-\(businessDate)-\(cycle.rawValue)-r\(runNumber)-\(currency)"
    }

    /// Code of the frequency: daily, or intraday.
    var frequency: String {
        switch cycle {
        case .endOfDay: "DAIL"
        case .intraday: "INDA"
        }
    }
}
