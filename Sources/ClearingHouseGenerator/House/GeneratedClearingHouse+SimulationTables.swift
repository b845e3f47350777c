import ClearingModel
import Quantities

/// Historical simulation of every combined commodity, for a house that is asked to have it (docs/demo-house.md).
extension GeneratedClearingHouse {
    /// The crisis of 2008 as the history of crude oil has it.
    private static let stressedWindow = (from: "2008-09-02", to: "2009-06-30")

    /// One set of 1,000 filtered two-day scenarios at 99 %, and one group a currency, of which the higher of scanning
    /// risk and expected shortfall counts.
    func writeSimulation(_ folder: String) throws(GenerationError) {
        let simulations = try TableFile(.simulation, in: folder)
        try simulations.row(Self.parameterSet, "FILTERED-1000", "0.99", "2", "1001", "true", "0.25")
        try simulations.close()
        let windows = try TableFile(.stressedWindow, in: folder)
        try windows.row(Self.parameterSet, "FILTERED-1000", Self.stressedWindow.from, Self.stressedWindow.to)
        try windows.close()
        try writeRiskFactors(folder, areMapped: true)
        let groups = try TableFile(.riskGroup, in: folder)
        let members = try TableFile(.riskGroupCommodity, in: folder)
        for currency in Set(markets.map(\.product.terms.currency)).sorted() {
            try groups.row(Self.parameterSet, currency, "FILTERED-1000", "higher")
            for market in markets where market.product.terms.currency == currency {
                try members.row(Self.parameterSet, currency, market.product.code)
            }
        }
        try groups.close()
        try members.close()
    }

    /// A factor a combined commodity, with the levels of its own history; a house that simulates nothing maps none.
    func writeRiskFactors(_ folder: String, areMapped: Bool) throws(GenerationError) {
        let factors = try TableFile(.riskFactor, in: folder)
        let mappings = areMapped ? try TableFile(.riskFactorMapping, in: folder) : nil
        for market in markets {
            let isAdditive = market.history.isAdditive
            try factors.row(
                Self.parameterSet, market.product.code, isAdditive ? "absolute" : "log", isAdditive ? "0.01" : "0.001",
                "0.5", "2")
            try mappings?.row(Self.parameterSet, market.product.code, market.product.code)
        }
        try factors.close()
        try mappings?.close()
    }
}
