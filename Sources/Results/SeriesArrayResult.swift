import ClearingModel

/// The published array of one series in a run.
package struct SeriesArrayResult: Hashable, Sendable {
    /// Its Greeks left out.
    package let array: PublishedRiskArray
    package let combinedCommodity: CombinedCommodityCode
    package let scenarioSet: ScenarioSetCode

    package init(array: PublishedRiskArray, combinedCommodity: CombinedCommodityCode, scenarioSet: ScenarioSetCode) {
        self.array = array
        self.combinedCommodity = combinedCommodity
        self.scenarioSet = scenarioSet
    }
}
