import ClearingModel
import Postgres
import Quantities
import Reporting
import TextFiles

/// Fills the rows of one report, cell by cell.
struct ReportCells {
    /// How a column's cell is made; columns are named by their position.
    private enum Cell {
        case selected(ReportColumn.Kind, isOptional: Bool)
        case trimmed(isOptional: Bool)
        case rounded(decimals: Int, isOptional: Bool)
        case minorUnits(currency: Int, isOptional: Bool)
        case account(Int)
        case isSynthetic(commodity: Int)
        case includesSynthetic(currency: Int?, owner: Int?)
        case commodity(series: Int)
        case asset(Int, asset: Int)
        case priority(spread: Int)
        case consumedByMonth
        case line
    }

    private let cells: [Cell]
    private let isOfAccounts: Bool
    private let columns: [ReportColumn]
    private let accounts: ReportedAccounts?
    private let currencies: ReportedCurrencies
    private let commodities: ReportedCommodities
    private let series: ReportedSeries?
    private let assets: ReportedAssets?
    private let holdings: SyntheticHoldings?
    private let priorities: [[UInt8]: Int64]
    /// The account of the row, and the last line of an account's variation margin.
    private var place = -1
    private var line: Int64 = 0
    private var list: [Int64] = []
    private var text: [UInt8] = []

    init(_ layout: ReportLayout, _ reference: ReportReference) throws {
        func position(_ name: String) -> Int? { layout.columns.firstIndex { $0.name == name } }
        func required(_ name: String) -> Int {
            guard let position = position(name) else { preconditionFailure("\(layout.name) has a column \(name)") }
            return position
        }
        columns = layout.columns
        isOfAccounts = layout.isOfAccounts
        let cells: [Cell] = layout.columns.map { column in
            switch column.source {
            case .selected: .selected(column.kind, isOptional: column.isOptional)
            case .trimmed: .trimmed(isOptional: column.isOptional)
            case .rounded(let decimals): .rounded(decimals: decimals, isOptional: column.isOptional)
            case .minorUnits(let name): .minorUnits(currency: required(name), isOptional: column.isOptional)
            case .account: .account(ReportedAccounts.columns.firstIndex(of: column.name) ?? 0)
            case .lookedUp:
                switch column.name {
                case "is_synthetic": .isSynthetic(commodity: required("combined_commodity"))
                case "includes_synthetic": .includesSynthetic(currency: position("currency"), owner: position("owner"))
                case "combined_commodity": .commodity(series: required("series"))
                case "issuer": .asset(0, asset: required("asset"))
                case "asset_class": .asset(1, asset: required("asset"))
                case "currency": .asset(2, asset: required("asset"))
                case "priority": .priority(spread: required("spread"))
                case "consumed_by_month": .consumedByMonth
                case "line": .line
                default: preconditionFailure("nobody looks up \(column.name)")
                }
            }
        }
        func needs(_ test: (Cell) -> Bool) -> Bool { cells.contains(where: test) }
        self.cells = cells
        accounts = layout.isOfAccounts ? try reference.accounts.get() : nil
        currencies = try reference.currencies.get()
        commodities = try reference.commodities.get()
        series = needs { if case .commodity = $0 { true } else { false } } ? try reference.series.get() : nil
        assets = needs { if case .asset = $0 { true } else { false } } ? try reference.assets.get() : nil
        holdings =
            needs { if case .includesSynthetic = $0 { true } else { false } }
            ? try reference.syntheticHoldings.get() : nil
        priorities = needs { if case .priority = $0 { true } else { false } } ? try reference.priorities.get() : [:]
    }

    /// Fills `row` with what the statement's next row says.
    mutating func read(_ source: inout BinaryCopyRow, into row: inout ReportRow) throws {
        row.removeAll()
        if isOfAccounts {
            let next = Int(try source.int32())
            if next != place { (place, line) = (next, 0) }
        }
        for index in cells.indices {
            switch cells[index] {
            case .selected(_, isOptional: true) where source.isNextNull,
                .trimmed(isOptional: true) where source.isNextNull,
                .rounded(_, isOptional: true) where source.isNextNull,
                .minorUnits(_, isOptional: true) where source.isNextNull:
                try source.skip()
                try row.appendNull()
            case .selected(let kind, _): try select(kind, &source, into: &row)
            case .trimmed:
                let number = try source.numeric()
                row.append(decimal: ExactDecimal(mantissa: number.unscaled, scale: number.scale).withoutTrailingZeros)
            case .rounded(let decimals, _): try round(&source, decimals, into: &row)
            case .minorUnits(let currency, _):
                guard let decimals = row.withText(of: currency, { currencies.decimals(of: $0) }) else {
                    throw ReportError.valueIsMissing(column: columns[index].name)
                }
                try round(&source, decimals, into: &row)
            case .account(let column):
                if let texts = accounts?.texts[column] {
                    try row.append(text: texts.bytes.span.extracting(texts[place]))
                }
            case .priority(let spread): try appendPriority(&source, spread, into: &row)
            case .consumedByMonth: try appendMonths(&source, into: &row)
            case .line:
                let settled = try source.int64()
                line = settled > 0 ? settled : line + 1
                row.append(integer: line)
            default: try lookUp(index, into: &row)
            }
        }
    }

    private mutating func select(
        _ kind: ReportColumn.Kind, _ source: inout BinaryCopyRow, into row: inout ReportRow
    ) throws {
        switch kind {
        case .text: try source.withBytes { (bytes: Span<UInt8>) throws(ReportError) in try row.append(text: bytes) }
        case .object: try source.withBytes { (bytes: Span<UInt8>) throws(ReportError) in try row.append(object: bytes) }
        case .integer: row.append(integer: try source.int64())
        case .decimal:
            let number = try source.numeric()
            row.append(unscaled: number.unscaled, scale: number.scale)
        case .date: row.append(date: BusinessDate(dayNumber: try source.date()))
        case .flag: row.append(flag: try source.bool())
        case .decimals:
            try source.int64Array(into: &list)
            row.append(decimals: list.span)
        }
    }

    private func round(_ source: inout BinaryCopyRow, _ decimals: Int, into row: inout ReportRow) throws {
        let number = try source.numeric()
        let exact = ExactDecimal(mantissa: number.unscaled, scale: number.scale)
        row.append(
            unscaled: number.scale == decimals ? number.unscaled : exact.roundedMantissa(scale: decimals),
            scale: decimals)
    }

    /// A cell that the cells before it decide.
    private func lookUp(_ index: Int, into row: inout ReportRow) throws {
        switch cells[index] {
        case .isSynthetic(let column):
            let (found, isEmpty) = row.withText(of: column) { (commodities.index.position(of: $0), $0.isEmpty) }
            guard found != nil || isEmpty else { throw ReportError.valueIsMissing(column: columns[index].name) }
            row.append(flag: found.map { commodities.isSynthetic[$0] } ?? false)
        case .includesSynthetic(let currencyColumn, let ownerColumn):
            let currency = currencyColumn.map { row.withText(of: $0) { ReportedCurrencies.number($0) } }
            let isPart = holdings?.includes(place: place, currency: currency) { owners, position in
                guard let ownerColumn else { return true }
                return row.withText(of: ownerColumn) { owners.equals($0, at: position) }
            }
            row.append(flag: isPart ?? false)
        case .commodity(let column):
            let (found, isEmpty) = row.withText(of: column) { (series?.index.position(of: $0), $0.isEmpty) }
            if let found, let texts = series?.commodities {
                try row.append(text: texts.bytes.span.extracting(texts[found]))
            } else {
                guard isEmpty else { throw ReportError.valueIsMissing(column: columns[index].name) }
                try row.append(text: "")
            }
        case .asset(let attribute, let column):
            guard let assets, let found = row.withText(of: column, { assets.index.position(of: $0) }) else {
                throw ReportError.valueIsMissing(column: columns[index].name)
            }
            let text = assets.texts[attribute][found]
            try row.append(text: text.span)
        default: preconditionFailure("column \(columns[index].name) is not looked up")
        }
    }

    /// The priority of a spread in its combined commodity, empty except for calendar spreads; 0 if it has none.
    private mutating func appendPriority(
        _ source: inout BinaryCopyRow, _ spread: Int, into row: inout ReportRow
    ) throws {
        try source.utf8(into: &text)
        text.append(UInt8(ascii: " "))
        row.withText(of: spread) { code in for index in code.indices { text.append(code[index]) } }
        row.append(integer: priorities[text] ?? 0)
    }

    /// `2019-03:12.0000 2019-06:-4.5000`, from the months and what was consumed of each, in units of delta.
    private mutating func appendMonths(_ source: inout BinaryCopyRow, into row: inout ReportRow) throws {
        let months = try source.textArray()
        try source.int64Array(into: &list)
        text.removeAll(keepingCapacity: true)
        for (index, code) in months.enumerated() {
            if index > 0 { text.append(UInt8(ascii: " ")) }
            text.append(contentsOf: code.utf8)
            text.append(UInt8(ascii: ":"))
            text.append(unscaled: Int128(list[index]), scale: Delta.decimals)
        }
        try row.append(text: text.span)
    }
}
