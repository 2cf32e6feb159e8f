public import Catalog

/// The Sync Lock: one policy for every field.
public struct FieldPolicies: Sendable, Hashable {
    private var policies: [CatalogField: FieldPolicy]

    /// Price, compare-at price, cost and stock locked, title and description written once, the rest left alone.
    public static let defaults = FieldPolicies(policies: [
        .price: .locked,
        .compareAtPrice: .locked,
        .cost: .locked,
        .inventory: .locked,
        .title: .createOnly,
        .description: .createOnly,
    ])

    private init(policies: [CatalogField: FieldPolicy]) {
        self.policies = policies.filter { $0.value != .ignored }
    }

    /// The policy of a field.
    public subscript(field: CatalogField) -> FieldPolicy { policies[field] ?? .ignored }

    /// These policies with others laid over them.
    public func merging(_ overrides: [CatalogField: FieldPolicy]) -> FieldPolicies {
        FieldPolicies(policies: policies.merging(overrides) { $1 })
    }

    /// The fields that have this policy.
    public func fields(_ policy: FieldPolicy) -> FieldSet {
        FieldSet(CatalogField.allCases.filter { self[$0] == policy })
    }
}
