extension ScenarioSetError: CustomStringConvertible {
    package var description: String {
        switch self {
        case .empty(let set): "scenario set \(set) has no scenario"
        case .numberOutOfOrder(let set, let number, let expected):
            "scenario set \(set): scenario \(number) stands where \(expected) should: numbers run 1, 2, 3 without gaps"
        case .unknownPair(let set, let scenario, let pair):
            "scenario set \(set), scenario \(scenario): its pair \(pair) is not in the set"
        case .pairNotMutual(let set, let scenario, let pair):
            "scenario set \(set), scenario \(scenario): its pair \(pair) does not name it in return"
        case .denominatorNotPositive(let set, let scenario):
            "scenario set \(set), scenario \(scenario): the denominator of its price move is not above zero"
        case .weightOutsideZeroToOne(let set, let scenario):
            "scenario set \(set), scenario \(scenario): its weight is outside 0 to 1"
        }
    }
}
