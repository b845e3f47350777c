// swift-tools-version: 6.2
// The module table: one row a module, in the order of the layers. Targets are built from it, and
// `swift build --explicit-target-dependency-import-check error` (see the Makefile) holds every import to it.
import PackageDescription

struct Module {
    enum Kind {
        case library, executable, plugin, testSupport, testsOnly
        case systemLibrary(pkgConfig: String, debianPackage: String)
    }
    let name: String
    let kind: Kind
    /// Modules of this package that it may import.
    let imports: [String]
    /// Products of other packages that it may import.
    let products: [Target.Dependency]
    /// Modules that only its tests import, beside TestSupport, which all of them may.
    let testImports: [String]
    let plugins: [String]
    /// Whether Tests/<name>Tests exists.
    let tested: Bool
    /// Files and folders of its tests that are something other than Swift.
    let testExcludes: [String]

    init(
        _ name: String, _ kind: Kind = .library, imports: [String] = [], products: [Target.Dependency] = [],
        testImports: [String] = [], plugins: [String] = [], tested: Bool = true, testExcludes: [String] = []
    ) {
        self.name = name
        self.kind = kind
        self.imports = imports
        self.products = products
        self.testImports = testImports
        self.plugins = plugins
        self.tested = tested
        self.testExcludes = testExcludes
    }
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

let stages = [
    "margin-ingest", "margin-risk-arrays", "margin-offsets", "margin-add-ons", "margin-stress", "margin-calls",
    "margin-attribution", "margin-report",
]
let modules: [Module] =
    [
        Module("CLibPQ", .systemLibrary(pkgConfig: "libpq", debianPackage: "libpq-dev"), tested: false),
        Module("CLibCrypto", .systemLibrary(pkgConfig: "libcrypto", debianPackage: "libssl-dev"), tested: false),
        Module("Digests", imports: ["CLibCrypto"]),
        Module("Postgres", imports: ["CLibPQ"], testImports: ["ServerTestSupport"]),
        Module("PrivateCluster", products: [subprocess, systemPackage], testImports: ["Postgres"]),
        Module("ParallelWork", tested: false),
        Module("Quantities"),
        Module("TextFiles", imports: ["Quantities", "Digests"]),
        Module("TestSupport", .testSupport, imports: ["Quantities"], tested: false),
        Module(
            "ServerTestSupport", .testSupport, imports: ["Postgres", "PrivateCluster", "TestSupport"], tested: false),
        Module("ClearingModel", imports: ["Quantities"]),
        Module("Pricing", imports: ["ClearingModel"], testExcludes: ["QuantLib"]),
        Module("MarketModel", imports: ["Quantities", "ClearingModel"], tested: false),
        Module("Scenarios", imports: ["Quantities", "ClearingModel"]),
        Module("Parameters", imports: ["Quantities", "ClearingModel", "Scenarios"], tested: false),
        Module(
            "RiskArrays",
            imports: ["Quantities", "ClearingModel", "MarketModel", "Scenarios", "Parameters", "Pricing"]),
        Module("Margining", imports: ["Quantities", "ClearingModel", "Scenarios", "ParallelWork", "Parameters"]),
        Module(
            "Simulation",
            imports: [
                "Quantities", "ClearingModel", "MarketModel", "Scenarios", "RiskArrays", "Margining", "ParallelWork",
                "Parameters",
            ]),
        Module(
            "Stress",
            imports: [
                "Quantities", "ClearingModel", "MarketModel", "Parameters", "RiskArrays", "Margining",
                "ParallelWork",
            ]),
        Module(
            "Calibration", imports: ["Quantities", "ClearingModel", "Scenarios", "Margining", "ParallelWork"],
            testExcludes: ["Packages"]),
        Module("Monitoring", imports: ["Quantities", "ClearingModel"]),
        Module(
            "Validation",
            imports: ["Quantities", "ClearingModel", "Scenarios", "Pricing", "Margining", "Calibration"],
            testExcludes: ["Packages"]),
        Module(
            "Attribution",
            imports: [
                "Quantities", "ClearingModel", "MarketModel", "Scenarios", "RiskArrays", "Margining", "Simulation",
                "ParallelWork", "Parameters",
            ]),
        Module(
            "InputRows", imports: ["Quantities", "ClearingModel", "Scenarios", "Parameters", "Calibration"],
            tested: false),
        Module(
            "Replication",
            imports: [
                "Quantities", "ClearingModel", "MarketModel", "Scenarios", "RiskArrays", "Stress", "InputRows",
                "Margining", "Digests", "TextFiles", "Parameters",
            ],
            testImports: ["PrivateCluster", "ServerTestSupport", "Postgres"]),
        Module("MarginCalls", imports: ["Quantities", "ClearingModel", "MarketModel", "Parameters"]),
        Module(
            "NextNight",
            imports: [
                "Quantities", "ClearingModel", "MarketModel", "Scenarios", "RiskArrays", "Margining", "Simulation",
                "Stress", "MarginCalls", "ParallelWork", "Parameters",
            ]),
        Module("Reporting", imports: ["Quantities", "ClearingModel", "Digests", "TextFiles"]),
        Module("Messages", imports: ["Quantities", "ClearingModel", "TextFiles"], testImports: ["Margining"]),
        Module(
            "Results",
            imports: ["Quantities", "ClearingModel", "Scenarios", "Margining", "MarginCalls", "Digests"]),
        Module("ClearingHouseGenerator", imports: ["Quantities", "ClearingModel", "Pricing", "TextFiles"]),
        Module("embed-sql", .executable),
        Module("EmbedSQL", .plugin, imports: ["embed-sql"]),
        Module(
            "Storage",
            imports: [
                "Quantities", "ClearingModel", "MarketModel", "Scenarios", "Stress", "Calibration", "Validation",
                "Attribution", "Monitoring",
                "InputRows", "Margining", "MarginCalls", "Reporting", "Messages", "Results", "Digests", "TextFiles",
                "Postgres",
                "Parameters",
            ],
            testImports: ["ServerTestSupport"], plugins: ["EmbedSQL"]),
        Module(
            "Runtime",
            imports: [
                "Quantities", "ClearingModel", "Scenarios", "RiskArrays", "Margining", "Simulation", "Stress",
                "Calibration", "Validation", "MarginCalls",
                "Reporting", "TextFiles", "Postgres", "PrivateCluster", "Storage",
            ], products: [logging]),
        Module(
            "EndOfDay",
            imports: [
                "Quantities", "ClearingModel", "MarketModel", "Scenarios", "RiskArrays", "Margining", "Simulation",
                "Stress", "Validation", "Attribution", "Monitoring", "MarginCalls", "NextNight", "Reporting", "Results",
                "Digests",
                "Storage", "ParallelWork", "Runtime", "Parameters",
            ]),
        Module(
            "Operations",
            imports: [
                "Quantities", "Pricing", "ClearingModel", "MarketModel", "Scenarios", "RiskArrays", "Margining",
                "Stress", "MarginCalls",
                "Calibration", "Validation", "Attribution", "Monitoring", "Reporting", "Messages", "Results", "Digests",
                "TextFiles",
                "PrivateCluster",
                "Storage", "Runtime",
                "EndOfDay",
                "Parameters", "InputRows", "ParallelWork", "Replication",
            ]),
        Module(
            "Cases",
            imports: [
                "Quantities", "ClearingModel", "MarketModel", "Scenarios", "RiskArrays", "Margining", "Simulation",
                "Stress", "Calibration", "Validation", "Attribution",
                "Storage",
                "Runtime", "EndOfDay", "Operations", "Digests", "TextFiles", "Parameters",
            ],
            testImports: ["ServerTestSupport", "PrivateCluster"], testExcludes: ["Houses"]),
        Module(
            "Commands",
            imports: [
                "Quantities", "ClearingModel", "Calibration", "Validation", "Storage", "Runtime", "EndOfDay",
                "Operations", "TextFiles",
            ],
            products: [argumentParser], tested: false),
        Module(
            "margin", .executable,
            imports: [
                "Quantities", "ClearingModel", "Scenarios", "Parameters", "RiskArrays", "Margining", "Stress",
                "MarginCalls", "Results", "Cases", "Commands", "Digests", "EndOfDay", "ClearingHouseGenerator",
                "PrivateCluster", "Replication", "Storage", "Runtime", "Operations", "TextFiles", "Validation",
                "Calibration", "Attribution", "Messages",
            ],
            products: [argumentParser]),
        Module(
            "margin-calibrate", .executable, imports: ["ClearingModel", "Commands"], products: [argumentParser],
            tested: false),
        Module(
            "margin-backtest", .executable, imports: ["ClearingModel", "Commands"], products: [argumentParser],
            tested: false),
        Module("PlainMargin", .testSupport, tested: false),
        Module(
            "ProofTests", .testsOnly,
            imports: [
                "Quantities", "ClearingModel", "MarketModel", "Scenarios", "RiskArrays", "Margining", "Stress",
                "Calibration", "Validation", "Attribution", "NextNight", "MarginCalls", "PlainMargin", "TestSupport",
                "Parameters",
            ]),
        Module("TidyTests", .testsOnly, imports: ["TestSupport"]),
        Module(
            "EndToEndTests", .testsOnly,
            imports: ["Postgres", "PrivateCluster", "Storage", "TestSupport", "ServerTestSupport"],
            testExcludes: ["Operators/Help.txt", "Messages/message.py"]),
    ] + stages.map { Module($0, .executable, imports: ["ClearingModel", "Commands"], products: [argumentParser]) }

let strict: [SwiftSetting] = [
    .strictMemorySafety(),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
]

func targets(of module: Module) -> [Target] {
    let dependencies = module.imports.map { Target.Dependency(stringLiteral: $0) } + module.products
    let target: Target =
        switch module.kind {
        case .systemLibrary(let pkgConfig, let debianPackage):
            .systemLibrary(name: module.name, pkgConfig: pkgConfig, providers: [.apt([debianPackage])])
        case .plugin:
            .plugin(
                name: module.name, capability: .buildTool(), dependencies: dependencies, path: "Sources/\(module.name)")
        case .library:
            .target(
                name: module.name, dependencies: dependencies, swiftSettings: strict,
                plugins: module.plugins.map { .plugin(name: $0) })
        case .executable:
            .executableTarget(name: module.name, dependencies: dependencies, swiftSettings: strict)
        case .testsOnly:
            .testTarget(
                name: module.name, dependencies: dependencies, exclude: module.testExcludes, swiftSettings: strict)
        case .testSupport:
            .target(name: module.name, dependencies: dependencies, path: "Tests/\(module.name)", swiftSettings: strict)
        }
    guard module.tested, case .library = module.kind else { return [target] }
    let tests = Target.testTarget(
        name: "\(module.name)Tests",
        dependencies: [.init(stringLiteral: module.name)] + dependencies
            + (["TestSupport"] + module.testImports).map { Target.Dependency(stringLiteral: $0) },
        exclude: module.testExcludes, swiftSettings: strict
    )
    return [target, tests]
}

let package = Package(
    name: "margin",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
    ],
    targets: modules.flatMap(targets(of:)) + [
        // Not of the product: what `make bench-aggregation` times beside scipy.sparse.
        .executableTarget(
            name: "bench-aggregation",
            dependencies: ["ClearingModel", "Margining", "Parameters", "Quantities", "Scenarios"],
            path: "Benchmarks/Aggregation", exclude: ["aggregate.py"], swiftSettings: strict),
        // Not of the product: what `make bench-simulation` times beside numpy and scipy.
        .executableTarget(
            name: "bench-simulation",
            dependencies: [
                "ClearingModel", "Margining", "ParallelWork", "Pricing", "Quantities", "Scenarios", "Simulation",
            ],
            path: "Benchmarks/Simulation", exclude: ["inputs.py", "simulate.py"], swiftSettings: strict),
        // Not of the product: what `make bench-stress` times beside numpy and scipy.
        .executableTarget(
            name: "bench-stress",
            dependencies: ["ClearingModel", "EndOfDay", "Parameters", "Quantities", "Runtime", "Storage", "Stress"],
            path: "Benchmarks/Stress", exclude: ["stress.py"], swiftSettings: strict),
        // Not of the product: what `make bench-attribution` times beside the night it follows.
        .executableTarget(
            name: "bench-attribution",
            dependencies: ["Attribution", "ClearingModel", "EndOfDay", "Quantities", "Runtime", "Storage"],
            path: "Benchmarks/Attribution", swiftSettings: strict),
        // Not of the product: what `make bench-calibration` times beside numpy.
        .executableTarget(
            name: "bench-calibration",
            dependencies: [
                "Calibration", "ClearingModel", "Margining", "Operations", "Quantities", "Scenarios", "Storage",
                "Validation",
            ],
            path: "Benchmarks/Calibration", exclude: ["calibrate.py", "grid.csv", "sweep.csv"], swiftSettings: strict),
        // Not of the product: what `make bench-pricing` times beside QuantLib's C++ and numpy.
        .executableTarget(
            name: "bench-pricing", dependencies: ["ClearingModel", "Pricing"], path: "Benchmarks/Pricing",
            exclude: ["options.py", "quantlib.cpp", "table.py", "vectorised.py"], swiftSettings: strict),
    ]
)
