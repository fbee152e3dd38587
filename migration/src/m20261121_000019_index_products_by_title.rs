//! The catalog by title in all states at once, as its keepers list it.

use sea_orm_migration::sea_orm::{ConnectionTrait, DbErr, DeriveMigrationName};
use sea_orm_migration::{MigrationTrait, SchemaManager};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // The list of products by title, for staff: no state leads it.
        let sql = "CREATE INDEX \"products_title_id_idx\" ON \"products\" (\"title\", \"id\")";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let sql = "DROP INDEX \"products_title_id_idx\"";
        manager.get_connection().execute_unprepared(sql).await?;
        Ok(())
    }
}
