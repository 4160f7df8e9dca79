package io.drawdown.crm.catalog;

import io.drawdown.crm.catalog.domain.Product;
import io.drawdown.crm.paging.Slice;
import io.drawdown.crm.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Table {@code product}. */
@Repository
class Products {

    private final JdbcClient jdbc;

    Products(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void store(Product product) {
        jdbc.sql("""
                        insert into product (product_id, name, active, seen_at, updated_at)
                        values (:id, :name, :active, :seen, :updated)
                        on conflict (product_id) do update
                            set name = :name, active = :active, seen_at = :seen, updated_at = :updated""")
                .param("id", product.productId())
                .param("name", product.name())
                .param("active", product.active())
                .param("seen", Columns.timestamp(product.seenAt()))
                .param("updated", Columns.timestamp(product.updatedAt()))
                .update();
    }

    Optional<Product> find(String productId) {
        return jdbc.sql("select * from product where product_id = ?")
                .param(productId)
                .query(Products::product)
                .optional();
    }

    /** The product, locked until the transaction ends. */
    Optional<Product> lock(String productId) {
        return jdbc.sql("select * from product where product_id = ? for update")
                .param(productId)
                .query(Products::product)
                .optional();
    }

    List<Product> list(Slice slice) {
        return jdbc.sql("""
                        select * from product where cast(:after as text) is null or product_id > :after
                        order by product_id limit :rows""")
                .param("after", slice.cursor())
                .param("rows", slice.rows())
                .query(Products::product)
                .list();
    }

    private static Product product(ResultSet row, int number) throws SQLException {
        return new Product(
                row.getString("product_id"),
                row.getString("name"),
                row.getBoolean("active"),
                Columns.instant(row, "seen_at"),
                Columns.instant(row, "updated_at"));
    }
}
