/// The ISO 20022 messages that the program writes; the raw value is what people call one.
package enum MessageKind: String, CaseIterable, Sendable {
    case marginReport = "secl.005"
    case fundContribution = "secl.006"
    case memberRequirements = "auth.055"
    case stressResults = "auth.058"
    case backtestResults = "auth.066"
    case accountPositions = "auth.068"

    /// The message with its version, as `secl.005.001.02`: part of the namespace.
    package var version: String {
        switch self {
        case .marginReport, .fundContribution: "\(rawValue).001.02"
        case .memberRequirements, .stressResults, .backtestResults, .accountPositions: "\(rawValue).001.01"
        }
    }

    /// The element inside `Document`.
    var element: String {
        switch self {
        case .marginReport: "MrgnRpt"
        case .fundContribution: "DfltFndCntrbtnRpt"
        case .memberRequirements: "CCPMmbRqrmntsRpt"
        case .stressResults: "CCPPrtflStrssTstgRsltRpt"
        case .backtestResults: "CCPBckTstgRsltRpt"
        case .accountPositions: "CCPAcctPosRpt"
        }
    }

    package var namespace: String { "urn:iso:std:iso:20022:tech:xsd:\(version)" }

    /// Whether it is addressed to one member; the others are the house's, to who supervises it.
    package var isOfMember: Bool {
        switch self {
        case .marginReport, .fundContribution: true
        case .memberRequirements, .stressResults, .backtestResults, .accountPositions: false
        }
    }
}
