extension Resolvers {
    private static func variant(
        _ read: @escaping @Sendable (VariantRecord, Execution) -> Resolved
    ) -> Resolver {
        Resolver { source, _, run in
            if case .variant(let variant) = source { read(variant, run) } else { .null }
        }
    }

    private static func money(_ minor: Int64, _ run: Execution) -> Resolved {
        .string(DecimalText.money(minor, digits: run.state.digits))
    }

    static func addVariants(to table: inout [String: Resolver]) {
        table["ProductVariant.id"] = variant { variant, _ in .string(variant.id) }
        table["ProductVariant.legacyResourceId"] = variant { variant, _ in .string(String(variant.number)) }
        table["ProductVariant.title"] = variant { variant, _ in .string(variant.title) }
        table["ProductVariant.displayName"] = variant { variant, _ in
            .string("\(variant.product.title) - \(variant.title)")
        }
        table["ProductVariant.sku"] = variant { variant, _ in .optional(variant.sku) }
        table["ProductVariant.barcode"] = variant { variant, _ in .optional(variant.barcode) }
        table["ProductVariant.price"] = variant { variant, run in money(variant.price, run) }
        table["ProductVariant.compareAtPrice"] = variant { variant, run in
            variant.compareAtPrice.map { money($0, run) } ?? .null
        }
        table["ProductVariant.taxable"] = variant { variant, _ in .bool(variant.taxable) }
        table["ProductVariant.inventoryPolicy"] = variant { variant, _ in .string(variant.inventoryPolicy) }
        table["ProductVariant.inventoryQuantity"] = variant { variant, _ in .int(variant.available) }
        table["ProductVariant.availableForSale"] = variant { variant, _ in
            .bool(!variant.tracked || variant.inventoryPolicy == "CONTINUE" || variant.available > 0)
        }
        table["ProductVariant.position"] = variant { variant, _ in
            .int((variant.product.variants.firstIndex { $0 === variant } ?? 0) + 1)
        }
        table["ProductVariant.selectedOptions"] = variant { variant, _ in
            .objects(
                zip(variant.product.options, variant.optionValues).map { name, value in
                    .record(type: "SelectedOption", values: ["name": .string(name), "value": .string(value)])
                }
            )
        }
        table["ProductVariant.createdAt"] = variant { variant, _ in .string(Timestamp.text(variant.createdAt)) }
        table["ProductVariant.updatedAt"] = variant { variant, _ in .string(Timestamp.text(variant.updatedAt)) }
        table["ProductVariant.product"] = variant { variant, _ in .object(.product(variant.product)) }
        table["ProductVariant.inventoryItem"] = variant { variant, _ in .object(.item(variant)) }
        table["MoneyV2.amount"] = Resolver { source, _, run in
            guard case .money(let minor) = source else { return .null }
            return .string(DecimalText.amount(minor, digits: run.state.digits))
        }
        table["MoneyV2.currencyCode"] = Resolver { _, _, run in .string(run.state.configuration.currency) }
    }
}
