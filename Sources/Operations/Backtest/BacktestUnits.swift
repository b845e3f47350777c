import ClearingModel
import Quantities
import Validation

/// Whose nights are tested; the raw value is the kind's name in tables.
enum BacktestUnitKind: String, CaseIterable {
    case account, owner, product, hypothetical
    case walkForward = "walk_forward"
}

/// A unit of a backtest by its kind and code.
struct BacktestUnit: Hashable, Comparable {
    let kind: BacktestUnitKind
    let code: String

    static func < (left: Self, right: Self) -> Bool {
        left.kind != right.kind
            ? left.kind.rawValue < right.kind.rawValue
            : left.code.utf8.lexicographicallyPrecedes(right.code.utf8)
    }
}

/// Which margin a unit's exposure is held against.
enum BacktestMarginKind: String, CaseIterable {
    case model, collected
}

/// A unit's night: what it would have cost and what was held, in minor units, or why it is not tested. A night that is
/// not yet as old as the horizon has a margin, no exposure and no refusal.
struct BacktestUnitNight {
    let currency: Currency
    /// Nil where the night is refused or not yet old enough.
    let exposure: Int64?
    /// By margin kind; nil for a kind that the unit does not have, and where the night is refused before its margin.
    let model: Int64?
    let collected: Int64?
    let refusal: ValidationRefusal?
    /// What other methods would have asked for a tested night.
    private(set) var others: [MarginMethod: Result<Int64, ValidationRefusal>] = [:]

    init(
        _ currency: Currency, exposure: Int64, model: Int64, collected: Int64? = nil,
        others: [MarginMethod: Result<Int64, ValidationRefusal>] = [:]
    ) {
        self.others = others
        self.currency = currency
        self.exposure = exposure
        self.model = model
        self.collected = collected
        refusal = nil
    }

    /// A night whose horizon is not yet behind it.
    init(_ currency: Currency, untested model: Int64) {
        self.currency = currency
        exposure = nil
        self.model = model
        collected = nil
        refusal = nil
    }

    init(_ currency: Currency, refusal: ValidationRefusal, model: Int64? = nil, collected: Int64? = nil) {
        self.currency = currency
        exposure = nil
        self.model = model
        self.collected = collected
        self.refusal = refusal
    }

    /// Whether the night is a row: tested or refused.
    var isListed: Bool { exposure != nil || refusal != nil }

    /// The night as methods are compared on it; nil where it is not tested.
    func compared(at day: Int) -> ComparedNight? {
        guard let exposure, let model else { return nil }
        return ComparedNight(day: day, exposure: exposure, engine: model, others: others)
    }

    func margin(_ kind: BacktestMarginKind) -> Int64? { kind == .model ? model : collected }

    /// Nil where the night is not tested.
    func isException(_ kind: BacktestMarginKind) -> Bool? {
        guard let exposure, let margin = margin(kind) else { return nil }
        return exposure > margin
    }
}

/// The nights of every unit of a backtest, by place among the business days from its first night on.
struct BacktestUnits {
    private(set) var nights: [BacktestUnit: [Int: BacktestUnitNight]] = [:]
    /// Of products and hypothetical portfolios the combined commodity of the first line.
    private(set) var combinedCommodities: [BacktestUnit: CombinedCommodityCode] = [:]

    mutating func add(_ night: BacktestUnitNight, of unit: BacktestUnit, at day: Int) {
        nights[unit, default: [:]][day] = night
    }

    /// A night of a constant portfolio, whose first line is of `combinedCommodity`.
    mutating func add(
        _ night: BacktestUnitNight, of unit: BacktestUnit, _ combinedCommodity: CombinedCommodityCode?, at day: Int
    ) {
        add(night, of: unit, at: day)
        combinedCommodities[unit] = combinedCommodity
    }

    var units: [BacktestUnit] { nights.keys.sorted() }

    /// Whether each business day's night was an exception; nil where it was not tested.
    func outcomes(of unit: BacktestUnit, _ kind: BacktestMarginKind, days: Int) -> [Bool?] {
        let own = nights[unit] ?? [:]
        return (0..<days).map { own[$0]?.isException(kind) }
    }
}
