// swift-tools-version: 6.2
// The module table: one row a module, in the order of the layers. Targets are built from it, and
// `swift build --explicit-target-dependency-import-check error` (see the Makefile) holds every import to it.
import PackageDescription

struct Module {
    enum Kind: Equatable {
        case library, executable
        /// A C library of the host: its pkg-config name and the Debian package that brings its headers.
        case systemLibrary(pkgConfig: String, debian: String)
    }
    let name: String
    let kind: Kind
    /// Modules of this package that it may import.
    let imports: [String]
    /// Products of other packages that it may import.
    let products: [Target.Dependency]
    let plugins: [Target.PluginUsage]
    /// Whether Tests/<name>Tests exists.
    let tested: Bool

    init(
        _ name: String, _ kind: Kind = .library, imports: [String] = [], products: [Target.Dependency] = [],
        plugins: [Target.PluginUsage] = [], tested: Bool = true
    ) {
        self.name = name
        self.kind = kind
        self.imports = imports
        self.products = products
        self.plugins = plugins
        self.tested = tested
    }
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")

let calculation = [
    "Quantities", "Pricing", "ClearingModel", "MarketModel", "Scenarios", "RiskArrays", "Margining", "MarginCalls",
]
let modules: [Module] = [
    Module("CLibPQ", .systemLibrary(pkgConfig: "libpq", debian: "libpq-dev"), tested: false),
    Module("CLibCrypto", .systemLibrary(pkgConfig: "libcrypto", debian: "libssl-dev"), tested: false),
    Module("Digests", imports: ["CLibCrypto"]),
    Module("Quantities"),
    Module("Pricing"),
    Module("ClearingModel", imports: ["Quantities"], tested: false),
    Module("Reporting", imports: ["Quantities", "Digests"]),
]

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
        case .systemLibrary(let pkgConfig, let debian):
            .systemLibrary(name: module.name, pkgConfig: pkgConfig, providers: [.apt([debian])])
        case .library:
            .target(name: module.name, dependencies: dependencies, swiftSettings: strict, plugins: module.plugins)
        case .executable:
            .executableTarget(name: module.name, dependencies: dependencies, swiftSettings: strict)
        }
    guard module.tested, module.kind == .library else { return [target] }
    let tests = Target.testTarget(
        name: "\(module.name)Tests",
        dependencies: [.init(stringLiteral: module.name)] + dependencies,
        swiftSettings: strict
    )
    return [target, tests]
}

let package = Package(
    name: "margin",
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
    ],
    targets: modules.flatMap(targets(of:))
)
