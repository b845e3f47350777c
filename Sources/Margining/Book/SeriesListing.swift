import ClearingModel
import Quantities

/// The listed series in book order, with the months and ranges they give each combined commodity.
struct SeriesListing {
    private(set) var series: [MarginBook.SeriesTerms] = []
    private(set) var indices: [SeriesCode: Int] = [:]
    /// By combined commodity: where its series lie, and the months in which it lists one.
    private(set) var ranges: [Range<Int>]
    private(set) var months: [[ContractMonth]]

    init(_ rows: MarginBookRows, indices commodityIndices: [CombinedCommodityCode: Int]) throws(MarginBookError) {
        let contracts = try MarginBook.keyed(rows.contracts, table: "contract", by: \.code)
        for contract in rows.contracts {
            guard commodityIndices[contract.combinedCommodity] != nil else {
                throw MarginBookError(
                    row: "contract \(contract.code)", rule: .unknownCombinedCommodity(contract.combinedCommodity))
            }
            try MarginBook.checkPositive(
                contract.contractValueFactor, column: "contract_value_factor", row: "contract \(contract.code)")
            try MarginBook.checkPositive(
                contract.deltaScalingFactor, column: "delta_scaling_factor", row: "contract \(contract.code)")
        }
        var listed: [(commodity: Int, series: Series, contract: Contract)] = []
        for row in rows.series {
            guard let contract = contracts[row.contract], let commodity = commodityIndices[contract.combinedCommodity]
            else {
                throw MarginBookError(row: "series \(row.code)", rule: .unknownContract(row.contract))
            }
            listed.append((commodity, row, contract))
        }
        listed.sort { $0.commodity != $1.commodity ? $0.commodity < $1.commodity : $0.series.code < $1.series.code }
        months = Self.listedMonths(
            listed.map { ($0.commodity, $0.series.contractMonth) }, count: commodityIndices.count)
        ranges = Self.ranges(of: listed.map(\.commodity), count: commodityIndices.count)
        for (position, row) in listed.enumerated() {
            guard indices.updateValue(position, forKey: row.series.code) == nil else {
                throw MarginBookError(row: "series \(row.series.code)", rule: .duplicateKey)
            }
            series.append(
                try Self.terms(
                    of: row.series, contract: row.contract, commodity: row.commodity, months: months[row.commodity],
                    settlement: rows.settlementPrices[row.series.code]))
        }
    }

    private static func terms(
        of series: Series, contract: Contract, commodity: Int, months: [ContractMonth], settlement: ExactDecimal?
    ) throws(MarginBookError) -> MarginBook.SeriesTerms {
        var optionValue: ExactDecimal?
        let seriesClass: MarginBook.SeriesClass
        switch (series.kind, contract.kind) {
        case (.future, .future):
            seriesClass = .future
        case (.option(let option), .option(let terms)):
            seriesClass = .option(right: option.right, style: terms.style)
            if terms.style == .premium, let settlement {
                optionValue = (settlement * contract.contractValueFactor).withoutTrailingZeros
            }
        case (.future, .option), (.option, .future):
            throw MarginBookError(row: "series \(series.code)", rule: .kindDiffersFromContract)
        }
        return MarginBook.SeriesTerms(
            code: series.code, combinedCommodity: commodity,
            month: months.firstIndex(of: series.contractMonth) ?? 0, seriesClass: seriesClass,
            contractValueFactor: contract.contractValueFactor.withoutTrailingZeros,
            deltaScalingFactor: contract.deltaScalingFactor.withoutTrailingZeros, optionValue: optionValue)
    }

    private static func listedMonths(_ listed: [(Int, ContractMonth)], count: Int) -> [[ContractMonth]] {
        var months = [Set<ContractMonth>](repeating: [], count: count)
        for (commodity, month) in listed { months[commodity].insert(month) }
        return months.map { $0.sorted() }
    }

    private static func ranges(of commodities: [Int], count: Int) -> [Range<Int>] {
        var ranges: [Range<Int>] = []
        var start = 0
        for commodity in 0..<count {
            var end = start
            while end < commodities.count, commodities[end] == commodity { end += 1 }
            ranges.append(start..<end)
            start = end
        }
        return ranges
    }
}
