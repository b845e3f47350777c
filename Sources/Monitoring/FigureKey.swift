/// What a figure is about; the raw value is the database's.
package enum SubjectKind: String, CaseIterable, Sendable {
    case position, account, member
    /// A floor or cap that is touched.
    case bound

    /// The table in which a finding about it stands.
    var table: String { self == .member ? "clearing_member" : rawValue }
}

/// What of it; the raw value is the database's.
package enum FigureMeasure: String, CaseIterable, Sendable {
    /// Contracts, the larger of long and short.
    case size
    /// An account's largest share of risk in one combined commodity; a member's largest share of an open interest.
    case concentration
    /// Requirement and add-ons in the base currency.
    case margin
    /// A member's worst stress shortfall over the guaranty fund.
    case fundShare = "fund_share"
    case shortOptionMinimum = "short_option_minimum"
    case offsetCap = "offset_cap"
    case callThreshold = "call_threshold"
    case collateralLimit = "collateral_limit"
    case volatilityFloor = "volatility_floor"

    /// The rule that tells of its moves; nil for what is not judged by its own history.
    var rule: MonitoringRule? {
        switch self {
        case .size: .sizeMove
        case .concentration: .concentrationMove
        case .margin: .marginMove
        default: nil
        }
    }

    /// Where a bound stands: the table and column whose figure touches it.
    var bound: (table: String, column: String) {
        switch self {
        case .shortOptionMinimum: ("combined_commodity_risk", "short_option_minimum")
        case .offsetCap: ("currency_requirement", "offset_add_back")
        case .callThreshold: ("margin_call", "threshold")
        case .collateralLimit: ("collateral_value", "excluded")
        case .volatilityFloor: ("combined_commodity_margin", "volatility_floor")
        case .size, .concentration, .margin, .fundShare: preconditionFailure("\(self) is no bound")
        }
    }
}

/// Names a figure from night to night.
package struct FigureKey: Hashable, Comparable, Sendable {
    package let kind: SubjectKind
    /// The parts of the subject's key, joined by ", ".
    package let subject: String
    package let measure: FigureMeasure

    package init(_ kind: SubjectKind, _ subject: String, _ measure: FigureMeasure) {
        self.kind = kind
        self.subject = subject
        self.measure = measure
    }

    package static func < (left: Self, right: Self) -> Bool {
        (left.place.0, left.subject, left.place.1) < (right.place.0, right.subject, right.place.1)
    }

    private var place: (Int, Int) {
        (SubjectKind.allCases.firstIndex(of: kind) ?? 0, FigureMeasure.allCases.firstIndex(of: measure) ?? 0)
    }
}
